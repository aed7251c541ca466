#!/usr/bin/env bash
# Bundles the report's 3D viewer with three.js into src/isotunnel/report/static/viewer.min.js.
# The result is kept in the repository, so that neither users nor tests need Node.
set -euo pipefail

THREE=0.187.0
ESBUILD=0.28.2

root=$(cd "$(dirname "$0")/.." && pwd)
source="$root/src/isotunnel/report/viewer"
target="$root/src/isotunnel/report/static"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export LC_ALL=C
cp -r "$source" "$work/viewer"
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund --ignore-scripts --save-exact "three@$THREE" "esbuild@$ESBUILD" >/dev/null
npx esbuild viewer/main.js --bundle --minify --format=iife --target=es2022 --charset=ascii \
  --legal-comments=none --log-level=warning --outfile=bundle.js
# A closing script tag inside the bundle would end the page's script element.
if grep -q '</script' bundle.js; then
  echo "the bundle holds a closing script tag" >&2
  exit 1
fi
{
  echo "/*! Isotunnel report viewer, MIT licence. Made by scripts/bundle_viewer.sh from sources with"
  echo " * sha256 $(cat "$source"/*.js | sha256sum | cut -d' ' -f1)"
  echo " * Contains three.js $THREE:"
  sed 's/^/ * /' node_modules/three/LICENSE
  echo " */"
  cat bundle.js
} > "$target/viewer.min.js.part"
mv "$target/viewer.min.js.part" "$target/viewer.min.js"
wc -c "$target/viewer.min.js"

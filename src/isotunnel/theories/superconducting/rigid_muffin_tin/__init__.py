"""Electron-phonon coupling by rigid muffin tins: radial waves, Hopfield parameters, alpha2F."""

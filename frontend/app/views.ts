// The views, in the order of the menu; each is loaded when it is first opened.

import type { ComponentType } from "preact";

export interface ViewProps {
  subject: string;
}

export interface View {
  name: string;
  title: string;
  inMenu: boolean;
  load: () => Promise<{ default: ComponentType<ViewProps> }>;
}

export const VIEWS: [View, ...View[]] = [
  { name: "", title: "Start", inMenu: false, load: () => import("./views/start.tsx") },
  { name: "crystal", title: "Crystal", inMenu: true, load: () => import("./views/crystal/index.tsx") },
  { name: "pressure", title: "Pressure", inMenu: true, load: () => import("./views/pressure/index.tsx") },
  { name: "diagram", title: "Diagram", inMenu: true, load: () => import("./views/diagram/index.tsx") },
  { name: "theories", title: "Theories", inMenu: true, load: () => import("./views/theories/index.tsx") },
  { name: "scorecard", title: "Scorecard", inMenu: true, load: () => import("./views/scorecard/index.tsx") },
  { name: "stories", title: "Stories", inMenu: true, load: () => import("./views/stories/index.tsx") },
  { name: "table", title: "Table", inMenu: true, load: () => import("./views/table/index.tsx") },
  { name: "jobs", title: "Jobs", inMenu: true, load: () => import("./views/jobs/index.tsx") },
];

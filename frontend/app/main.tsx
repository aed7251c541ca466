// The web lab starts here.

import { render } from "preact";
import { Shell } from "./shell.tsx";

const page = document.getElementById("page");
if (page) render(<Shell />, page);

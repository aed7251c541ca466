// Surfaces from a worker: the page goes on answering while one is made, and stale wishes are dropped.

import type { FieldDescription, Matrix, Region, SurfaceMesh, SurfaceSource } from "../../viewer/index.ts";
import type { Asked, MeshAsked, MeshMade } from "./messages.ts";

interface Wish {
  asked: MeshAsked;
  done: ((mesh: SurfaceMesh) => void)[];
  failed: ((error: Error) => void)[];
}

/** One worker; it holds the fields that it was given. */
export class Workshop {
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  private readonly known = new Set<string>();
  private running: Wish | null = null;
  private next: Wish | null = null;
  private count = 0;

  constructor() {
    this.worker.addEventListener("message", ({ data }: MessageEvent<MeshMade>) => this.take(data));
    this.worker.addEventListener("error", () =>
      this.take({ number: this.count, failed: "the worker failed" }),
    );
  }

  /** The source of a field; `packed` is handed over to the worker. */
  source(name: string, packed: ArrayBuffer, field: FieldDescription, top: number): SurfaceSource {
    if (!this.known.has(name)) {
      this.known.add(name);
      this.send({ kind: "field", name, packed, field, top }, [packed]);
    }
    return { meshAt: (level, transform, region) => this.wish(name, level, transform, region) };
  }

  /** Ends the worker; what was asked for last never comes. */
  close(): void {
    this.worker.terminate();
  }

  private wish(name: string, level: number, transform: Matrix, region: Region): Promise<SurfaceMesh> {
    const asked: MeshAsked = { kind: "mesh", name, number: ++this.count, level, transform, region };
    return new Promise((done, failed) => {
      // Who waited for a surface that nobody wants any more is given the newer one, and does not show it.
      const waiting = this.next;
      this.next = {
        asked,
        done: [...(waiting?.done ?? []), done],
        failed: [...(waiting?.failed ?? []), failed],
      };
      this.begin();
    });
  }

  private begin(): void {
    if (this.running || !this.next) return;
    this.running = this.next;
    this.next = null;
    this.send(this.running.asked, []);
  }

  private take({ mesh, failed }: MeshMade): void {
    const wish = this.running;
    this.running = null;
    if (mesh) for (const done of wish?.done ?? []) done(mesh);
    else for (const fail of wish?.failed ?? []) fail(new Error(failed));
    this.begin();
  }

  private send(asked: Asked, transfer: ArrayBuffer[]): void {
    this.worker.postMessage(asked, transfer);
  }
}

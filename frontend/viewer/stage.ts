// The renderer, the camera and what moves it. Nothing is drawn unless something changed.

import {
  AmbientLight,
  DirectionalLight,
  Group,
  type Mesh,
  type Object3D,
  PerspectiveCamera,
  type Quaternion,
  Scene,
  Vector3,
  WebGLRenderer,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";

export class Stage {
  readonly renderer: WebGLRenderer;
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(28, 1, 0.1, 1000);
  readonly content = new Group();
  readonly controls: OrbitControls;
  readonly beforeDraw: (() => void)[] = [];
  readonly afterDraw: (() => void)[] = [];
  radius = 1;
  private readonly center = new Vector3();
  private waiting = false;
  private over = false;
  private readonly sizes = new ResizeObserver(() => this.resize());

  constructor(readonly holder: HTMLElement) {
    // The picture is kept after drawing, so that a printed page shows it.
    this.renderer = new WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio || 1, 2));
    holder.prepend(this.renderer.domElement);
    const lamp = new DirectionalLight(0xffffff, 2.2);
    lamp.position.set(0.4, 0.8, 1);
    this.camera.add(lamp, new AmbientLight(0xffffff, 1.2));
    this.scene.add(this.camera, this.content);
    this.controls = new OrbitControls(this.camera, this.renderer.domElement);
    this.controls.enableDamping = false;
    this.controls.addEventListener("change", () => this.draw());
    this.resize();
    this.sizes.observe(holder);
  }

  /** Gives the drawing context back; browsers keep only a few. */
  dispose(): void {
    this.over = true;
    this.sizes.disconnect();
    this.controls.dispose();
    disposeOf(this.content);
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.holder;
    if (!width || !height) return;
    this.renderer.setSize(width, height);
    const before = this.distance();
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    // The crystal stays as large beside the frame as the reader has made it.
    const { target } = this.controls;
    this.camera.position
      .sub(target)
      .multiplyScalar(this.distance() / before)
      .add(target);
    this.draw();
  }

  // From where the whole sphere is in sight, in a tall frame too.
  private distance() {
    const half = Math.tan((this.camera.fov / 2) * (Math.PI / 180));
    const narrow = Math.min(1, this.camera.aspect);
    return (1.05 * this.radius) / Math.sin(Math.atan(half * narrow));
  }

  draw(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      if (this.over) return;
      this.render();
      for (const then of this.afterDraw) then();
    });
  }

  render(): void {
    for (const first of this.beforeDraw) first();
    this.renderer.render(this.scene, this.camera);
  }

  /** Turn the crystal by angles, as a drag of the pointer does; positive to the right and up. */
  turn(right: number, up: number): void {
    const { target } = this.controls;
    const from = this.camera.position.clone().sub(target);
    const sideways = new Vector3().crossVectors(this.camera.up, from).normalize();
    const steep = from.angleTo(this.camera.up);
    const most = Math.min(steep - 0.05, Math.max(steep - Math.PI + 0.05, up));
    from.applyAxisAngle(sideways, -most).applyAxisAngle(this.camera.up.clone().normalize(), -right);
    this.camera.position.copy(target).add(from);
    this.controls.update();
    this.draw();
  }

  /** Go nearer (below 1) or farther (above 1). */
  zoom(factor: number): void {
    const { target } = this.controls;
    this.camera.position.sub(target).multiplyScalar(factor).add(target);
    this.controls.update();
    this.draw();
  }

  // What is to be in sight: a sphere.
  frame(center: Vector3, radius: number): void {
    this.center.copy(center);
    this.radius = radius;
  }

  /** Move with the centre of what is to be in sight. */
  follow(): void {
    const { target } = this.controls;
    this.camera.position.sub(target).add(this.center);
    target.copy(this.center);
    this.controls.update();
    this.draw();
  }

  // Look at the centre against `from`, with `up` as upright as it can be.
  look(from: Vector3, up: Vector3): void {
    const distance = this.distance();
    this.camera.up.copy(up).normalize();
    this.camera.position.copy(from).normalize().multiplyScalar(distance).add(this.center);
    this.camera.near = distance / 100;
    this.camera.far = distance * 10;
    this.camera.updateProjectionMatrix();
    this.controls.target.copy(this.center);
    // The controls measure against the camera's "up" as it was when they were made.
    const inside = this.controls as unknown as { _quat?: Quaternion; _quatInverse?: Quaternion };
    if (inside._quat && inside._quatInverse) {
      inside._quat.setFromUnitVectors(this.camera.up, new Vector3(0, 1, 0));
      inside._quatInverse.copy(inside._quat).invert();
    }
    this.controls.update();
    this.draw();
  }
}

/** Gives back the memory of everything below a part of the picture. */
export function disposeOf(part: Object3D): void {
  part.traverse((one) => {
    const { geometry, material } = one as Partial<Mesh>;
    geometry?.dispose();
    for (const paint of [material ?? []].flat()) paint.dispose();
  });
}

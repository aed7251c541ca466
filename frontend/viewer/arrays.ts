// Typed arrays that grow.

export class Floats {
  length = 0;
  private values = new Float32Array(4096);

  push(x: number, y: number, z: number): void {
    if (this.length + 3 > this.values.length) {
      const wider = new Float32Array(2 * this.values.length);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = x;
    this.values[this.length++] = y;
    this.values[this.length++] = z;
  }

  done(): Float32Array {
    return this.values.slice(0, this.length);
  }
}

export class Whole {
  private length = 0;
  private values = new Uint32Array(4096);

  push(number: number): void {
    if (this.length === this.values.length) {
      const wider = new Uint32Array(2 * this.values.length);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.length++] = number;
  }

  done(): Uint32Array {
    return this.values.slice(0, this.length);
  }
}

"""What the 3D viewer draws: meshes, atoms and bottlenecks, packed for a browser."""

// A picture of the processor's cores, for this machine: a pure function from a number to SVG.

const CELL_PX = 84;
const CORES_A_ROW = 8;
/** A picture of hundreds of boxes says less than a number. */
const MOST_DRAWN = 32;

export function coreMap(cores: number): string {
  const drawn = Math.min(cores, MOST_DRAWN);
  const columns = Math.min(drawn, CORES_A_ROW);
  const rows = Math.ceil(drawn / CORES_A_ROW);
  const width = Math.max(columns * CELL_PX, 4 * CELL_PX) + 32;
  const height = rows * CELL_PX + 64;
  const boxes = Array.from({ length: drawn }, (_, core) => {
    const x = 16 + (core % CORES_A_ROW) * CELL_PX;
    const y = 44 + Math.floor(core / CORES_A_ROW) * CELL_PX;
    return (
      `<rect x="${x + 4}" y="${y + 4}" width="${CELL_PX - 8}" height="${CELL_PX - 8}" rx="8" fill="#0072B2"/>` +
      `<text x="${x + CELL_PX / 2}" y="${y + CELL_PX / 2 + 5}" fill="#ffffff" text-anchor="middle">core ${core + 1}</text>`
    );
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="15">` +
    `<rect width="${width}" height="${height}" rx="10" fill="#f4f4f0"/>` +
    `<text x="20" y="30" fill="#1a1a1a">${caption(cores)}</text>${boxes.join('')}</svg>`
  );
}

export function caption(cores: number): string {
  if (cores === 1) return '1 core: processes take turns on it';
  const more = cores > MOST_DRAWN ? ` (${MOST_DRAWN} drawn)` : '';
  return `${cores} cores${more}: ${cores} processes can move at once`;
}

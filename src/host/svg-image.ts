// An SVG as HTML that a front end shows wherever it comes from.
import { escapeHtml } from './escape-html';

/** Letters of 11 pixels can still be read at this size. */
const LEAST_SCALE = 0.8;

/**
 * Returns an image, in which links and scripts are dead: a notebook that is not trusted drops an SVG itself,
 * and shows this. Where a page is narrow it shrinks a little, and then is scrolled. `width` in pixels: other
 * than the picture's own.
 */
export function svgImage(svg: string, alternative: string, width?: number): string {
  const data = Buffer.from(svg).toString('base64');
  const wide = width === undefined ? '' : `width="${width}" `;
  const pixels = width ?? Number(/^<svg[^>]*? width="([\d.]+)"/.exec(svg)?.[1] ?? 0);
  const least = `style="min-width: ${Math.round(pixels * LEAST_SCALE)}px"`;
  return `<img ${wide}alt="${escapeHtml(alternative)}" src="data:image/svg+xml;base64,${data}" ${least}>`;
}

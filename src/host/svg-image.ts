// An SVG as HTML that a front end shows wherever it comes from.
import { escapeHtml } from './escape-html';

/**
 * As an image, in which links and scripts are dead: a notebook that is not trusted drops an SVG itself, and
 * shows this. `width` in pixels.
 */
export function svgImage(svg: string, alternative: string, width?: number): string {
  const data = Buffer.from(svg).toString('base64');
  const wide = width === undefined ? '' : `width="${width}" `;
  return `<img ${wide}alt="${escapeHtml(alternative)}" src="data:image/svg+xml;base64,${data}">`;
}

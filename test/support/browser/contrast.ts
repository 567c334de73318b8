// How well text can be read against what is behind it, measured in a real page.
import type { JupyterPage } from './jupyter-page';

/** What the WCAG ask of text. */
export const ENOUGH = 4.5;

export type Theme = 'JupyterLab Light' | 'JupyterLab Dark';

export interface Measured {
  text: string;
  contrast: number;
}

export async function changeTheme({ page }: JupyterPage, theme: Theme): Promise<void> {
  const change = JSON.stringify({ theme });
  await page.evaluate(
    `window.jupyterapp.commands.execute('apputils:change-theme', ${change}).then(() => true)`,
  );
  // The style sheet comes a moment later, and the curtain before it goes later still.
  await page.waitForFunction(
    `document.body.dataset.jpThemeName === '${theme}' && !document.querySelector('#jupyterlab-splash')`,
  );
}

/** Of each piece of text inside what `selector` finds: its colour against what is behind it. What cannot be used is left out. */
export async function measureContrast({ page }: JupyterPage, selector: string): Promise<Measured[]> {
  return (await page.evaluate(`(() => {
    const parse = (colour) => {
      const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\\d.]+/g) ?? []).map(Number);
      // As color-mix() is told: parts from 0 to 1.
      return colour.startsWith('color(srgb') ? { r: r * 255, g: g * 255, b: b * 255, a } : { r, g, b, a };
    };
    const over = (top, below) => ({
      r: top.r * top.a + below.r * (1 - top.a),
      g: top.g * top.a + below.g * (1 - top.a),
      b: top.b * top.a + below.b * (1 - top.a),
      a: 1,
    });
    const upFrom = (element) => {
      const all = [];
      for (let at = element; at; at = at.parentElement) all.push(getComputedStyle(at));
      return all;
    };
    const behind = (styles) =>
      styles.map((style) => parse(style.backgroundColor)).reduceRight((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
    const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    const light = ({ r, g, b }) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const found = [];
    for (const output of document.querySelectorAll('${selector}')) {
      const walker = document.createTreeWalker(output, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.textContent.trim() || element.closest('style, script, [disabled]')) continue;
        const styles = upFrom(element);
        const below = behind(styles);
        const own = parse(styles[0].color);
        // Whole parts of a page may be made fainter.
        const opacity = styles.reduce((product, style) => product * Number(style.opacity), 1);
        const colour = over({ ...own, a: own.a * opacity }, below);
        const [a, b] = [light(colour), light(below)];
        found.push({ text: node.textContent.trim().slice(0, 60), contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) });
      }
    }
    return found;
  })()`)) as Measured[];
}

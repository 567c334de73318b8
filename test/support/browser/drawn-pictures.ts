// The pictures of timelines in the documentation: drawn from made traces, so that they are the same every time.
import path from 'node:path';
import { chromium } from 'playwright-core';
import { installation } from '../../../kernel/package-root';
import { processPicture } from '../../../src/timeline/process-picture';
import { timeline } from '../../../src/timeline/timeline';
import { greeters, lostUpdate, workers } from '../traces/made-traces';

const copies = {
  MainProcess: { greetings: 0, name: 'nobody' },
  Ada: { greetings: 1, name: 'Ada' },
  Alan: { greetings: 1, name: 'Alan' },
};

/** Each in one colour scheme. */
const drawings: { readonly [name: string]: { svg(): string; scheme: 'light' | 'dark' } } = {
  'timeline-lock': { svg: () => timeline(greeters(true)).toSVG(), scheme: 'light' },
  'timeline-queues': { svg: () => timeline(workers()).toSVG(), scheme: 'dark' },
  'timeline-steps': { svg: () => timeline(lostUpdate()).toSVG(), scheme: 'light' },
  'process-picture': {
    svg: () => processPicture({ trace: greeters(true, 5), at: 36, variables: copies }).toSVG(),
    scheme: 'light',
  },
};

export const drawnNames: readonly string[] = Object.keys(drawings);

export async function takeDrawn(names: readonly string[], executablePath: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    for (const name of names) {
      const { svg, scheme } = drawings[name] as (typeof drawings)[string];
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: scheme });
      const data = Buffer.from(svg()).toString('base64');
      await page.setContent(`<body style="margin:0"><img src="data:image/svg+xml;base64,${data}">`);
      const file = path.join(installation, 'docs', 'images', `${name}.png`);
      await page.locator('img').screenshot({ path: file, omitBackground: true });
      process.stdout.write(`Wrote ${file}\n`);
    }
  } finally {
    await browser.close();
  }
}

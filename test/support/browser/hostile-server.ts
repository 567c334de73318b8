// Somebody else's web service, which answers with JSON that would be harmful as markup, and sees who else asks it for something.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostileTexts } from '../hostile/hostile-texts';

export interface HostileServer {
  address: string;
  /** What was asked for, except the data itself. */
  asked: string[];
  close(): void;
}

export async function startHostileServer(): Promise<HostileServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    // Pages of another origin may read it, so that nothing but our own care keeps them from it.
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Content-Type', 'application/json');
    if (path === '/data') response.end(JSON.stringify(dataOf(addressOf())));
    else {
      asked.push(path);
      response.end('[{ "a": 1 }]');
    }
  });
  const addressOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: addressOf(),
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function dataOf(address: string): object {
  const texts = hostileTexts(address);
  return {
    texts,
    elements: Object.values(texts).map((outerHTML) => ({ nodeType: 1, outerHTML })),
    svgs: Object.values(texts).map((outerHTML) => ({
      nodeType: 1,
      outerHTML,
      namespaceURI: 'http://www.w3.org/2000/svg',
    })),
    charts: ['vega-lite/v5', 'vega-lite/v4', 'vega/v5'].map((schema) => ({
      $schema: `https://vega.github.io/schema/${schema}.json`,
      data: { url: `${address}/chart` },
      mark: { type: 'image', url: `${address}/mark` },
      encoding: {},
    })),
    bundles: Object.values(texts).map((text) => ({ 'text/html': text, 'text/markdown': text })),
    rows: Object.values(texts)
      .map((text) => ({ [text.slice(0, 20)]: text, text }))
      .slice(0, 15),
  };
}

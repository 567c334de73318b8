// Packages of other people, used as their own pages say: in cells, in a child, in a pool.

/** One notebook in an empty folder. */
export interface Project {
  name: string;
  packages: string[];
  /** Written beside the notebook. */
  files?: Record<string, string>;
  /** A command that makes files of them, and what it needs in its environment. */
  generate?: { command: string[]; environment: Record<string, string> };
  cells: string[];
  /** What has to stand in the output. */
  prints: string[];
}

const decorated = JSON.stringify({
  compilerOptions: {
    module: 'commonjs',
    target: 'es2022',
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    strict: true,
    strictPropertyInitialization: false,
    esModuleInterop: true,
    skipLibCheck: true,
  },
});

export const projects: readonly Project[] = [
  {
    name: 'lodash',
    packages: ['lodash', '@types/lodash'],
    cells: [
      `import _ from 'lodash';
console.log('cell', _.chunk([1, 2, 3, 4], 2).length);`,
      `import { Pool, Process } from 'parlab';
const double = _.memoize((n: number) => n * 2);
const child = new Process({ target: () => console.log('child', _.sum([1, 2, 3]), double(4)) });
child.start();
await child.join();`,
      `const pool = new Pool({ processes: 1 });
console.log('pool', await pool.map((n) => _.range(n).length, [3, 4]));
await pool[Symbol.asyncDispose]();`,
    ],
    prints: ['cell 2', 'child 6 8', 'pool [ 3, 4 ]'],
  },
  {
    name: 'express',
    packages: ['express', '@types/express'],
    cells: [
      `import express from 'express';
import type { AddressInfo } from 'node:net';
import { Process, Queue } from 'parlab';
const app = express();
app.get('/', (req, res) => { res.send('hello ' + req.path); });
const server = app.listen(0);
await new Promise((resolve) => server.once('listening', resolve));`,
      `const { port } = server.address() as AddressInfo;
console.log(await (await fetch('http://127.0.0.1:' + port)).text());
server.close();`,
      `const ports = new Queue<number>();
const child = new Process({ target: () => {
  const app = express();
  app.get('/', (_req, res) => { res.send('from child'); server.close(); });
  const server = app.listen(0, () => ports.putSync((server.address() as AddressInfo).port));
} });
child.start();
console.log(await (await fetch('http://127.0.0.1:' + await ports.get())).text());
await child.join();
console.log('exit code', child.exitcode);`,
    ],
    prints: ['hello /', 'from child', 'exit code 0'],
  },
  {
    name: 'fastify',
    packages: ['fastify'],
    cells: [
      `import Fastify from 'fastify';
import { Process } from 'parlab';
const fastify = Fastify({ logger: false });
fastify.get('/', async (request, reply) => { return { hello: 'world' }; });
const url = await fastify.listen({ port: 0 });
console.log(await (await fetch(url)).text());
await fastify.close();`,
      `const child = new Process({ target: async () => {
  const app = Fastify();
  app.get('/', async () => ({ from: 'child' }));
  console.log((await app.inject('/')).body);
} });
child.start();
await child.join();`,
    ],
    prints: ['{"hello":"world"}', '{"from":"child"}'],
  },
  {
    name: 'zod',
    packages: ['zod'],
    cells: [
      `import { z } from 'zod';
import { Pool, Process } from 'parlab';
const Player = z.object({ username: z.string(), xp: z.number() });
type Player = z.infer<typeof Player>;
console.log(Player.parse({ username: 'billie', xp: 100 }));`,
      `const bad = Player.safeParse({ username: 42, xp: '100' });
console.log('issues', bad.error?.issues.length);
const child = new Process({ target: () => console.log('child', Player.safeParse({ username: 'x', xp: 1 }).success) });
child.start();
await child.join();`,
      `const pool = new Pool({ processes: 1 });
await pool.apply(() => Player.parse({})).catch((error) => console.log('caught', error instanceof z.ZodError));
await pool[Symbol.asyncDispose]();`,
    ],
    prints: ["{ username: 'billie', xp: 100 }", 'issues 2', 'child true', 'caught true'],
  },
  {
    name: 'typeorm with sqlite',
    packages: ['typeorm', 'reflect-metadata', 'sql.js', '@types/node'],
    files: {
      'tsconfig.json': decorated,
      'user.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
@Entity()
export class User {
  @PrimaryGeneratedColumn() id: number;
  @Column() firstName: string;
}
`,
    },
    cells: [
      `import 'reflect-metadata';
import { Column, DataSource, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Process } from 'parlab';
import { User } from './user';
@Entity()
class Photo {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
}`,
      `const db = new DataSource({ type: 'sqljs', synchronize: true, entities: [User, Photo] });
await db.initialize();
await db.manager.save(Object.assign(new Photo(), { name: 'Me and bears' }));
console.log((await db.manager.find(Photo)).map((photo) => photo.name + photo.id));
await db.destroy();`,
      // What its decorators told typeorm stays in the process that evaluated them: a child loads the file anew.
      `async function save(firstName: string) {
  const db = new DataSource({ type: 'sqljs', synchronize: true, entities: [User] });
  await db.initialize();
  await db.manager.save(Object.assign(new User(), { firstName }));
  console.log((await db.manager.find(User)).map((user) => user.firstName + user.id));
  await db.destroy();
}
const child = new Process({ target: save, args: ['Timber'] });
child.start();
await child.join();`,
    ],
    prints: ["[ 'Me and bears1' ]", "[ 'Timber1' ]"],
  },
  {
    name: 'prisma, its client without a database',
    packages: ['prisma', '@prisma/client'],
    files: {
      'prisma.config.ts': "export default { schema: 'schema.prisma' };\n",
      'schema.prisma': `generator client {
  provider = "prisma-client"
  output   = "generated"
}
datasource db {
  provider = "sqlite"
}
model User {
  id    Int    @id @default(autoincrement())
  email String @unique
  name  String?
}
`,
    },
    // The engine, which it would download, has nothing to do here.
    generate: {
      command: ['prisma', 'generate'],
      environment: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1' },
    },
    cells: [
      `import { Process } from 'parlab';
import { Prisma, type User } from './generated/client';
const where: Prisma.UserWhereInput = { email: { endsWith: '@prisma.io' } };
const alice: User = { id: 1, email: 'alice@prisma.io', name: null };
console.log(where, Prisma.sql\`SELECT \${alice.id}\`.values);`,
      `const failed = () => new Prisma.PrismaClientKnownRequestError('none', { code: 'P2025', clientVersion: '7' });
const child = new Process({ target: () => console.log('child', failed().code, alice.email, Object.keys(Prisma.UserScalarFieldEnum).length) });
child.start();
await child.join();`,
    ],
    prints: ["{ email: { endsWith: '@prisma.io' } } [ 1 ]", 'child P2025 alice@prisma.io 3'],
  },
  {
    name: 'nestjs, one module',
    packages: ['@nestjs/common', '@nestjs/core', '@nestjs/platform-express', 'reflect-metadata', 'rxjs'],
    files: {
      'tsconfig.json': decorated,
      'app.module.ts': `import { Controller, Get, Injectable, Module } from '@nestjs/common';
@Injectable()
export class AppService { getHello(): string { return 'Hello World!'; } }
@Controller()
export class AppController {
  constructor(private readonly appService: AppService) {}
  @Get() getHello(): string { return this.appService.getHello(); }
}
@Module({ controllers: [AppController], providers: [AppService] })
export class AppModule {}
`,
    },
    cells: [
      `import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Process } from 'parlab';
import { AppController, AppModule } from './app.module';
const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0);
console.log(await (await fetch(await app.getUrl())).text());
await app.close();`,
      `@Injectable() class Cats { all() { return ['Tom']; } }
@Injectable() class House { constructor(private readonly cats: Cats) {} count() { return this.cats.all().length; } }
@Module({ providers: [Cats, House] }) class HouseModule {}
const context = await NestFactory.createApplicationContext(HouseModule, { logger: false });
console.log('cats', context.get(House).count());
await context.close();`,
      `const child = new Process({ target: async () => {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  console.log('child', app.get(AppController).getHello());
  await app.close();
} });
child.start();
await child.join();`,
    ],
    prints: ['Hello World!', 'cats 1', 'child Hello World!'],
  },
  {
    name: 'rxjs',
    packages: ['rxjs'],
    cells: [
      `import { filter, firstValueFrom, map, range, toArray } from 'rxjs';
import { Pool, Process } from 'parlab';
const numbers = range(1, 20).pipe(filter((x) => x % 2 === 1), map((x) => x + x));
console.log('numbers', (await firstValueFrom(numbers.pipe(toArray()))).length);`,
      `const child = new Process({ target: () => { numbers.subscribe({ complete: () => console.log('child is done') }); } });
child.start();
await child.join();`,
      `const pool = new Pool({ processes: 1 });
console.log('pool', await pool.apply(async () => (await firstValueFrom(range(1, 3).pipe(toArray()))).length));
await pool[Symbol.asyncDispose]();`,
    ],
    prints: ['numbers 10', 'child is done', 'pool 3'],
  },
  {
    name: 'd3',
    packages: ['d3', '@types/d3'],
    cells: [
      `import * as d3 from 'd3';
import { Pool, Process } from 'parlab';
const x = d3.scaleLinear().domain([0, 10]).range([0, 100]);
console.log('scale', x(5), d3.mean([1, 2, 3]));`,
      `const child = new Process({ target: () => console.log('child', d3.max([1, 5, 2]), x(1)) });
child.start();
await child.join();`,
      `const pool = new Pool({ processes: 1 });
console.log('pool', await pool.map((n) => d3.range(n).length, [3]));
await pool[Symbol.asyncDispose]();`,
    ],
    prints: ['scale 50 2', 'child 5 10', 'pool [ 3 ]'],
  },
  {
    name: 'vega-lite',
    packages: ['vega', 'vega-lite'],
    cells: [
      `import * as vega from 'vega';
import { compile } from 'vega-lite';
import { Process } from 'parlab';
const { spec } = compile({
  data: { values: [{ a: 'A', b: 28 }, { a: 'B', b: 55 }] },
  mark: 'bar',
  encoding: { x: { field: 'a', type: 'nominal' }, y: { field: 'b', type: 'quantitative' } },
});
const svg = await new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG();
console.log('cell', svg.startsWith('<svg'));`,
      // It awaits at its top level.
      `const child = new Process({ target: async () => {
  const vega = await import('vega');
  const svg = await new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG();
  console.log('child', svg.startsWith('<svg'));
} });
child.start();
await child.join();`,
    ],
    prints: ['cell true', 'child true'],
  },
  {
    name: 'arquero',
    packages: ['arquero@7'],
    cells: [
      `import { op, table } from 'arquero';
import { Process } from 'parlab';
const rain = table({ Seattle: [69, 108, 178], Chicago: [135, 136, 187] });
console.log('rows', rain.derive({ more: (d: any) => d.Seattle - d.Chicago }).numRows());`,
      `const child = new Process({ target: () => console.log('child', table({ a: [1, 2, 3] }).rollup({ m: (d: any) => op.mean(d.a) }).get('m', 0)) });
child.start();
await child.join();`,
    ],
    prints: ['rows 3', 'child 2'],
  },
  {
    name: 'sharp',
    packages: ['sharp'],
    cells: [
      `import sharp from 'sharp';
import { Pool, Process } from 'parlab';
const png = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } }).png().toBuffer();
const { width, height } = await sharp(png).metadata();
console.log('size', width, height);`,
      `const child = new Process({ target: async () => console.log('child', (await sharp(png).resize(5).metadata()).format) });
child.start();
await child.join();`,
      `const pool = new Pool({ processes: 2 });
const widths = await pool.map(async (w) => (await sharp(png).resize(w).toBuffer({ resolveWithObject: true })).info.width, [4, 8]);
console.log('pool', widths);
await pool[Symbol.asyncDispose]();`,
    ],
    prints: ['size 20 10', 'child png', 'pool [ 4, 8 ]'],
  },
  {
    name: 'mathjs',
    packages: ['mathjs'],
    cells: [
      `import { chain, evaluate, matrix, multiply } from 'mathjs';
import { Pool, Process } from 'parlab';
console.log('value', evaluate('12 / (2.3 + 0.7)'), chain(3).add(4).multiply(2).done());`,
      `const m = matrix([[1, 2], [3, 4]]);
const child = new Process({ target: () => console.log('child', multiply(m, m).toString()) });
child.start();
await child.join();`,
      `const pool = new Pool({ processes: 1 });
console.log('pool', await pool.map((text) => evaluate(text), ['1 + 1', 'sqrt(16)']));
await pool[Symbol.asyncDispose]();`,
    ],
    prints: ['value 4 14', 'child [[7, 10], [15, 22]]', 'pool [ 2, 4 ]'],
  },
  {
    name: 'tensorflow.js',
    packages: ['@tensorflow/tfjs'],
    cells: [
      `import * as tf from '@tensorflow/tfjs';
import { Process } from 'parlab';
await tf.ready();
console.log('sum', (await tf.tensor([1, 2, 3]).sum().data())[0]);`,
      `const child = new Process({ target: async () => {
  await tf.ready();
  console.log('child', (await tf.tensor([4, 5]).mul(2).data()).join());
} });
child.start();
await child.join();`,
    ],
    prints: ['sum 6', 'child 8,10'],
  },
  {
    name: 'playwright-core',
    packages: ['playwright-core'],
    cells: [
      `import { chromium } from 'playwright-core';
import { Process } from 'parlab';
async function titleOf(html: string) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.setContent(html);
  console.log('text', await page.textContent('h1'));
  await browser.close();
}
await titleOf('<h1>of the cell</h1>');`,
      `const child = new Process({ target: titleOf, args: ['<h1>of the child</h1>'] });
child.start();
await child.join();`,
    ],
    prints: ['text of the cell', 'text of the child'],
  },
  {
    name: 'openai, its types and errors',
    packages: ['openai'],
    cells: [
      `import OpenAI from 'openai';
import { Pool } from 'parlab';
const body: OpenAI.ChatCompletionCreateParamsNonStreaming = { model: 'any', messages: [{ role: 'user', content: 'hi' }] };
function ask() {
  const client = new OpenAI({ apiKey: 'none', baseURL: 'http://127.0.0.1:9', maxRetries: 0 });
  return client.chat.completions.create(body);
}
await ask().catch((error) => console.log('cell', error instanceof OpenAI.APIConnectionError));`,
      `const pool = new Pool({ processes: 1 });
await pool.apply(ask).catch((error) => console.log('pool', error instanceof OpenAI.APIConnectionError));
await pool[Symbol.asyncDispose]();`,
    ],
    prints: ['cell true', 'pool true'],
  },
];

// One notebook, as a student goes through it: every cell in turn, exercises solved by typing, at first wrongly.
import path from 'node:path';
import { changeTheme, ENOUGH, measureContrast } from '../../support/browser/contrast';
import type { JupyterPage } from '../../support/browser/jupyter-page';
import type { Cell, Notebook } from '../../support/notebooks/notebook-file';
import { type Deed, deedsIn, isGame } from './deeds';
import { photograph, placeInGallery } from './gallery';
import { win } from './game';
import { chosen, goUp, returnTo, runAndAdvance, typeInstead } from './keyboard';
import { brokenImages, endsOf, type Seen, seenBelow } from './seen';

const OUTPUTS = '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output';
/** Children may print and end after their cell. */
const CHILDREN_MS = 4000;

const REFUSED = /➜ Not yet/;
const HELD = /✔ Yes/;
const GUESSED = /✔ Yes|! A surprise/;

export interface WalkOptions {
  /** Whether the picture of the gallery is taken anew. */
  takesGallery?: boolean;
  /** Where every picture goes, also those that the gallery does not show. */
  picturesTo?: string | undefined;
}

export interface Walked {
  /** Sentences; none where all is well. */
  faults: string[];
  exercises: number;
  pictures: number;
}

/** Opens the notebook, and leaves it open at its end, in the light theme. */
export async function walkNotebook(
  lab: JupyterPage,
  notebook: Notebook,
  options: WalkOptions,
): Promise<Walked> {
  await lab.open(notebook.name);
  const walk = new Walk(lab, notebook, options);
  for (const deed of deedsIn(notebook)) await walk.do(deed);
  await lab.page.waitForTimeout(CHILDREN_MS);
  await walk.lookBack();
  return walk.end();
}

class Walk {
  readonly #lab: JupyterPage;
  readonly #notebook: Notebook;
  readonly #options: WalkOptions;
  readonly #faults: string[] = [];
  #exercises = 0;
  #pictures = 0;
  /** Whose picture has been taken. */
  readonly #taken = new Set<string>();

  constructor(lab: JupyterPage, notebook: Notebook, options: WalkOptions) {
    this.#lab = lab;
    this.#notebook = notebook;
    this.#options = options;
  }

  async do(deed: Deed): Promise<void> {
    switch (deed.type) {
      case 'run':
        await this.#run(deed.cell);
        return;
      case 'guess':
        await typeInstead(this.#lab, deed.code);
        await this.#run(deed.cell);
        return;
      case 'choose':
        return this.#choose(deed);
      case 'solve':
        return this.#solve(deed);
      case 'play':
        return this.#play(deed);
      default:
        return deed satisfies never;
    }
  }

  /** What holds of the whole notebook, when all has been done. */
  async lookBack(): Promise<void> {
    const ends = await endsOf(this.#lab);
    for (const picture of await brokenImages(this.#lab)) this.#faults.push(`${picture} is not to be seen`);
    for (const { id, tags, source } of this.#notebook.cells) {
      const { text = '', errors = [] } = ends.get(id) ?? {};
      if (!tags.includes('raises-exception')) for (const error of errors) this.#fault(id, error);
      if (tags.includes('check') && !HELD.test(text)) this.#fault(id, `ends with ${text}`);
      if (/^ *predicted\(/m.test(source) && (!GUESSED.test(text) || text.includes('in place of'))) {
        this.#fault(id, `says to a guess ${text}`);
      }
    }
    for (const theme of ['JupyterLab Dark', 'JupyterLab Light'] as const) {
      await changeTheme(this.#lab, theme);
      for (const { text, contrast } of await measureContrast(this.#lab, OUTPUTS)) {
        if (contrast < ENOUGH) this.#faults.push(`${theme}: “${text}” has contrast ${contrast.toFixed(1)}`);
      }
    }
  }

  end(): Walked {
    return { faults: this.#faults, exercises: this.#exercises, pictures: this.#pictures };
  }

  async #run(cell: Cell): Promise<Seen> {
    const { id, index } = await chosen(this.#lab);
    if (id !== cell.id) throw new Error(`The turn is ${cell.id}'s, but ${id} is chosen.`);
    await runAndAdvance(this.#lab);
    const seen = await seenBelow(this.#lab, index);
    for (const { width, height, overhang } of seen.pictures) {
      this.#pictures++;
      if (width === 0 || height === 0) this.#fault(id, 'its picture is not to be seen');
      if (overhang > 0) this.#fault(id, `its picture is cut off by ${overhang} pixels`);
    }
    if (!isGame(cell.source)) await this.#photograph(cell, index, seen.pictures.length > 0);
    return seen;
  }

  async #photograph({ id }: Cell, index: number, hasPicture: boolean): Promise<void> {
    const { name } = this.#notebook;
    const { takesGallery, picturesTo } = this.#options;
    const place = takesGallery && !this.#taken.has(id) ? placeInGallery(name, id) : undefined;
    if (place) await photograph(this.#lab, index, place);
    if (picturesTo && hasPicture) {
      const number = this.#taken.has(id) ? '-again' : '';
      await photograph(this.#lab, index, path.join(picturesTo, `${name.slice(0, 10)}-${id}${number}.png`));
    }
    this.#taken.add(id);
  }

  async #choose({ cell, codes }: Extract<Deed, { type: 'choose' }>): Promise<void> {
    for (const code of codes) {
      await typeInstead(this.#lab, code);
      const { text } = await this.#run(cell);
      if (HELD.test(text)) return;
      if (!REFUSED.test(text)) this.#fault(cell.id, `${code} hears ${text}`);
      await goUp(this.#lab, 1);
    }
    throw new Error(`${cell.id}: none of ${codes.join(' ')} holds`);
  }

  async #solve({ exercise, check, wrong, right }: Extract<Deed, { type: 'solve' }>): Promise<void> {
    this.#exercises++;
    const [code, sentence] = wrong;
    // As it stands first: answers need what else the cell makes.
    await this.#run(exercise);
    const { text: begun } = await this.#run(check);
    if (!REFUSED.test(begun)) this.#fault(check.id, `hears before anything is typed ${begun}`);
    await goUp(this.#lab, 2);
    const refused = await this.#attempt(exercise, check, code);
    if (!REFUSED.test(refused) || !sentence.test(refused))
      this.#fault(check.id, `a wrong answer hears ${refused}`);
    await goUp(this.#lab, 2);
    const held = await this.#attempt(exercise, check, right);
    if (!HELD.test(held)) this.#fault(check.id, `the solution hears ${held}`);
  }

  async #attempt(exercise: Cell, check: Cell, code: string): Promise<string> {
    await typeInstead(this.#lab, code);
    await this.#run(exercise);
    return (await this.#run(check)).text;
  }

  async #play({ cell, canBeWon }: Extract<Deed, { type: 'play' }>): Promise<void> {
    const { index } = await chosen(this.#lab);
    await this.#run(cell);
    const isWon = await win(this.#lab);
    await this.#photograph(cell, index, true);
    await returnTo(this.#lab, index + 1);
    if (isWon !== canBeWon) this.#fault(cell.id, isWon ? 'is won' : 'cannot be won');
  }

  #fault(id: string, sentence: string): void {
    this.#faults.push(`${id}: ${sentence}`);
  }
}

// Descriptions of message contents: one description checks a value at run time and is its type at compile
// time.

/** Gives the checked value back, or throws a `ContentError` that names the field. */
export type Shape<T> = (value: unknown, field: string) => T;
export type Described<S> = S extends Shape<infer T> ? T : never;

class ContentError extends Error {
  override readonly name = 'ContentError';
  constructor(field: string, wanted: string, got: unknown) {
    super(`The field ${field} must be ${wanted}, not ${kindOf(got)}.`);
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}

export const text: Shape<string> = (value, field) => {
  if (typeof value !== 'string') throw new ContentError(field, 'a text', value);
  return value;
};

export const flag: Shape<boolean> = (value, field) => {
  if (typeof value !== 'boolean') throw new ContentError(field, 'true or false', value);
  return value;
};

export const number: Shape<number> = (value, field) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new ContentError(field, 'a number', value);
  return value;
};

export const integer: Shape<number> = (value, field) => {
  if (!Number.isSafeInteger(value)) throw new ContentError(field, 'a whole number', value);
  return value as number;
};

export const anything: Shape<unknown> = (value) => value;

export type Dictionary = { [key: string]: unknown };

export const dictionary: Shape<Dictionary> = (value, field) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ContentError(field, 'an object', value);
  }
  return value as Dictionary;
};

export function list<T>(item: Shape<T>): Shape<T[]> {
  return (value, field) => {
    if (!Array.isArray(value)) throw new ContentError(field, 'a list', value);
    return value.map((one, at) => item(one, `${field}[${at}]`));
  };
}

export function oneOf<const T extends string | number | boolean>(...allowed: T[]): Shape<T> {
  return (value, field) => {
    if (!allowed.includes(value as T)) throw new ContentError(field, `one of ${allowed.join(', ')}`, value);
    return value as T;
  };
}

/** A field that may be missing, and then has this value. */
export function otherwise<T>(shape: Shape<T>, value: T): Shape<T> {
  return (given, field) => (given === undefined || given === null ? value : shape(given, field));
}

/** A field that may be missing, and then stays so. */
export function maybe<T>(shape: Shape<T>): Shape<T | undefined> {
  return (given, field) => (given === undefined || given === null ? undefined : shape(given, field));
}

type Fields = { [key: string]: Shape<unknown> };
type Optional<F extends Fields> = {
  [K in keyof F]: undefined extends Described<F[K]> ? K : never;
}[keyof F];
type Contents<F extends Fields> = { [K in Exclude<keyof F, Optional<F>>]: Described<F[K]> } & {
  [K in Optional<F>]?: Described<F[K]>;
};

/** Fields that are not named here are dropped: newer front ends may send more than we know. */
export function object<F extends Fields>(fields: F): Shape<Contents<F>> {
  return (value, field) => {
    const given = dictionary(value, field);
    const checked: Dictionary = {};
    for (const [key, shape] of Object.entries(fields)) checked[key] = shape(given[key], `${field}.${key}`);
    return checked as Contents<F>;
  };
}

/** The second shape decides about the error, so it is the one more likely meant. */
export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value, field) => {
    try {
      return first(value, field);
    } catch {
      return second(value, field);
    }
  };
}

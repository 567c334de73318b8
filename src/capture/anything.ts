// Arguments of which a constructor may take anything.

const anything: unknown = new Proxy(() => {}, {
  get: (_target, key) => (key === Symbol.iterator ? many : anything),
});
function* many(): Generator<unknown> {
  for (let count = 0; count < 32; count++) yield anything;
}

export const ANYTHING: readonly unknown[] = Array.from({ length: 32 }, () => anything);

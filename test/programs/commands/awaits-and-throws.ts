interface Well {
  depth: number;
}
const well = await Promise.resolve<Well>({ depth: 0 });
if (well.depth === 0) throw new RangeError('the well is dry');

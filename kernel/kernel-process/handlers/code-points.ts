// Cursor positions: the protocol counts code points, JavaScript counts UTF-16 units. An emoji is one of the
// former, two of the latter.

export function unitsOf(text: string, codePoints: number): number {
  let units = 0;
  for (let left = codePoints; left > 0 && units < text.length; left--) units += widthAt(text, units);
  return units;
}

export function codePointsOf(text: string, units: number): number {
  let codePoints = 0;
  for (let at = 0; at < Math.min(units, text.length); at += widthAt(text, at)) codePoints++;
  return codePoints;
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
}

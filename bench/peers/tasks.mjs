// The tasks, the same for every library.
export function tiny(x) {
  return x * 2;
}

export function heavy(x) {
  let total = 0;
  for (let i = 0; i < 5_000_000; i++) total += i ^ x;
  return total;
}

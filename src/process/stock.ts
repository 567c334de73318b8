// The stock of warm processes.
export function emptyStock(): void {}

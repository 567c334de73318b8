// What a pool and its workers wait for, in sentences.

export const WORK = 'work';
export const RESULTS = 'results of its pool';

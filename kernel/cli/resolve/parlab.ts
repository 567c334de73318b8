// What `import 'parlab'` finds in a lone script: `parlab run` puts this folder on NODE_PATH, which children
// inherit.
export * from 'parlab';

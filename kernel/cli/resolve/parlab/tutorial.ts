// What `import 'parlab/tutorial'` finds in a lone script.
export * from 'parlab/tutorial';

// What `import 'parlab/widgets'` finds in a lone script.
export * from '../../../session-process/widgets/index';

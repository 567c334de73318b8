// `import fs = require('fs')`, as it is written for CommonJS: the same as `import * as fs from 'fs'` to who
// links a cell.

import ts from 'typescript';

export function importRequired(file: ts.SourceFile): ts.SourceFile {
  if (!file.statements.some(isRequired)) return file;
  const statements = file.statements.map((each) => (isRequired(each) ? asImport(each) : each));
  return ts.factory.updateSourceFile(file, statements);
}

type Required = ts.ImportEqualsDeclaration & { readonly moduleReference: ts.ExternalModuleReference };

function isRequired(statement: ts.Statement): statement is Required {
  return (
    ts.isImportEqualsDeclaration(statement) &&
    ts.isExternalModuleReference(statement.moduleReference) &&
    !statement.isTypeOnly
  );
}

function asImport(statement: Required): ts.Statement {
  const { factory } = ts;
  const names = factory.createNamespaceImport(statement.name);
  const clause = factory.createImportClause(undefined, undefined, names);
  const made = factory.createImportDeclaration(undefined, clause, statement.moduleReference.expression);
  return ts.setTextRange(ts.setSourceMapRange(made, statement), statement);
}

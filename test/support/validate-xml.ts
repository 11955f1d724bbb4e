/**
 * Validates XML against schemas; a program of its own, because the validator is an ES module, which the test runner
 * cannot load. Reads a `ValidationRequest` as JSON from standard input, writes the errors of each document.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ValidationRequest {
  /** Texts of the schemas by file name; they include each other by these names. */
  readonly schemas: Readonly<Record<string, string>>;
  readonly documents: readonly { readonly schema: string; readonly xml: string }[];
}

/** @returns for each document what is wrong with it; nothing for a valid one */
export function validate(request: ValidationRequest): string[][] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', __filename], {
    input: JSON.stringify(request),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`The validator ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as string[][];
}

async function main(): Promise<void> {
  const { XmlDocument, XsdValidator, XmlBufferInputProvider, XmlValidateError, xmlRegisterInputProvider } =
    await import('libxml2-wasm');
  const { schemas, documents } = JSON.parse(readFileSync(0, 'utf8')) as ValidationRequest;
  const bytes = Object.entries(schemas).map(([name, text]) => [name, Buffer.from(text)] as const);
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(bytes)));
  const validators = new Map(
    [...new Set(documents.map(({ schema }) => schema))].map((name) => {
      const document = XmlDocument.fromBuffer(Buffer.from(schemas[name]!), { url: name });
      return [name, XsdValidator.fromDoc(document)] as const;
    }),
  );
  const answers = documents.map(({ schema, xml }) => {
    try {
      validators.get(schema)!.validate(XmlDocument.fromString(xml));
      return [];
    } catch (error) {
      if (!(error instanceof XmlValidateError)) throw error;
      return error.details.map(({ line, message }) => `line ${line}: ${message.trim()}`);
    }
  });
  process.stdout.write(JSON.stringify(answers));
}

if (require.main === module)
  main().catch((error: Error) => {
    console.error(error.stack);
    process.exitCode = 1;
  });

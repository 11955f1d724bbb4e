import { pathToFileURL } from 'node:url';
import type { Finding } from './finding.ts';
import type { Report } from './report.ts';
import { catalogue } from './catalogue.ts';

/**
 * The report as SARIF 2.1.0, which code scanning of GitHub and Azure DevOps reads. What is found in a zip is placed at
 * the zip; what is found in a source tree at file and line below the root `SOLUTION`.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function asSarif({ target, isFolder, findings, notes, toolVersion }: Report) {
  const base = pathToFileURL(target).href;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'alm check', version: toolVersion, rules: catalogue.map(ruleOf) } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notes.map((text) => ({ level: 'note', message: { text } })),
          },
        ],
        ...(isFolder ? { originalUriBaseIds: { SOLUTION: { uri: `${base}/` } } } : {}),
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, isFolder ? undefined : base)),
      },
    ],
  };
}

function ruleOf({ id, severity, code, fails, mend }: (typeof catalogue)[number]) {
  return {
    id,
    shortDescription: { text: fails },
    help: { text: mend },
    defaultConfiguration: { level: severity },
    ...(code === '' ? {} : { properties: { platformCode: code } }),
  };
}

function resultOf(finding: Finding, zip: string | undefined) {
  const { rule, severity, code, at, message } = finding;
  return {
    ruleId: rule.id,
    ruleIndex: catalogue.findIndex(({ id }) => id === rule.id),
    level: severity,
    message: { text: `${at}: ${message} ${rule.mend}` },
    locations: [
      {
        physicalLocation: zip === undefined ? inTree(finding) : { artifactLocation: { uri: zip } },
        logicalLocations: [{ fullyQualifiedName: at, kind: 'element' }],
      },
    ],
    ...(code === '' ? {} : { properties: { platformCode: code } }),
  };
}

function inTree({ file, line }: Finding) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return {
    artifactLocation: { uri: uri === '' ? '.' : uri, uriBaseId: 'SOLUTION' },
    ...(line === undefined ? {} : { region: { startLine: line } }),
  };
}

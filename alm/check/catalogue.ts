import { flowDefinitionRules } from './outside/flow-definitions.ts';
import { scriptRules } from './outside/scripts.ts';
import { readingRules } from './reading-rules.ts';
import type { Rule, RuleText } from './rule.ts';
import { appRules, securityRules } from './rules/apps.ts';
import { columnRules, keyRules } from './rules/columns.ts';
import { commandRules } from './rules/commands.ts';
import { controlRules } from './rules/controls.ts';
import { flowRules, settingRules } from './rules/flows.ts';
import { formContentRules } from './rules/form-content.ts';
import { formScriptRules } from './rules/form-scripts.ts';
import { idRules } from './rules/ids.ts';
import { identityRules } from './rules/identity.ts';
import { languageRules } from './rules/languages.ts';
import { nameRules } from './rules/names.ts';
import { differenceRules, packageRules } from './rules/package.ts';
import { relationshipRules } from './rules/relationships.ts';
import { referenceRules, ribbonRules } from './rules/ribbon.ts';
import { rootComponentRules } from './rules/root-components.ts';
import { tableRules } from './rules/tables.ts';
import { viewRules } from './rules/views.ts';
import { webResourceRules } from './rules/web-resources.ts';
import { schemaRules } from './xsd/schema-rules.ts';

/** Rules on the content of a package, by what they are about. */
const groups: Readonly<Record<string, readonly Rule[]>> = {
  'Files of the package': [...packageRules, ...differenceRules],
  'Solution and publisher': identityRules,
  'Root components': rootComponentRules,
  'Names and ids': [...nameRules, ...idRules],
  Languages: languageRules,
  Tables: tableRules,
  'Columns, choices and keys': [...columnRules, ...keyRules],
  Relationships: relationshipRules,
  Views: viewRules,
  'Forms and subgrids': formContentRules,
  'Form scripts': formScriptRules,
  Commands: [...ribbonRules, ...commandRules],
  'References and web resources': [...referenceRules, ...webResourceRules],
  'Apps and site maps': appRules,
  'Roles and column security': securityRules,
  Flows: flowRules,
  'Connection references and environment variables': settingRules,
  Controls: controlRules,
};

export const contentRules: readonly Rule[] = Object.values(groups).flat();

/** Everything the check may say, as docs/checks.md lists it. */
export const rulesBySubject: Readonly<Record<string, readonly RuleText[]>> = {
  'Zip and source tree': readingRules,
  Schemas: schemaRules,
  Scripts: scriptRules,
  'Definitions of flows': flowDefinitionRules,
  ...groups,
};

export const catalogue: readonly RuleText[] = Object.values(rulesBySubject).flat();

import { importAppActions } from './app-actions.ts';
import { importApps } from './apps.ts';
import { importCatalogs } from './catalogs.ts';
import { importCharts } from './charts.ts';
import { importColumnSecurity } from './column-security.ts';
import { importConnectionReferences } from './connection-references.ts';
import { importCustomApis } from './custom-apis.ts';
import { importCustomControls } from './custom-controls.ts';
import { importDefaultControls } from './default-controls.ts';
import { importEntityMaps } from './entity-maps.ts';
import { importEnvironmentVariables } from './environment-variables.ts';
import { importForms } from './forms.ts';
import type { ImportCall } from './import-platform.ts';
import { importRoles } from './roles.ts';
import { importSiteMaps } from './site-maps.ts';
import { importViews } from './views.ts';
import { importWebResources } from './web-resources.ts';
import { importWorkflows } from './workflows.ts';

/** Component types in the order they are imported; references inside one package resolve whatever their order in it. */
export const importers: readonly ((call: ImportCall) => void)[] = [
  importWebResources,
  importCustomControls,
  importDefaultControls,
  importViews,
  importCharts,
  importForms,
  importRoles,
  importColumnSecurity,
  importConnectionReferences,
  importEnvironmentVariables,
  importWorkflows,
  importSiteMaps,
  importApps,
  importAppActions,
  importEntityMaps,
  importCustomApis,
  importCatalogs,
];

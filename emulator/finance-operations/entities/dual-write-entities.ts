import type { EntityField } from '../contract.ts';
import { defineEntity, readOnly } from './entity.ts';
import { readFields } from './fields.ts';

const long = (...names: string[]): EntityField[] => names.map((name) => ({ name, type: 'string', maxLength: 100_000 }));

/**
 * What dual-write has set up here for each map that is started.
 *
 * Decided: AOT name, as of the one below. Shown only: maps are run from the page of table maps.
 */
export const dualWriteProjects = defineEntity({
  name: 'DualWriteProjectConfigurationEntity',
  set: 'DualWriteProjectConfigurations',
  label: 'Dual write project configurations',
  id: 0x3001,
  key: ['ProjectName'],
  fields: [
    ...readFields('ProjectName', 'InternalEntityName', 'ExternalEntityName', 'ExternalLogicalEntityName'),
    ...readFields('Status:DualWriteProjectStatus', 'AsyncMode:DualWriteAsyncMode', 'SyncExecutionId'),
    ...long('ExternalEnvironmentUrl', 'ExternalLookupUrls', 'IntegrationKey', 'FieldMap', 'PartitionMap'),
    ...long('QueryFilterExpression', 'DualWriteAlertSettings', 'DualWriteAutoPauseThresholdSetting'),
    ...readFields('EnableBatchLookup:NoYes', 'EnableCache:NoYes', 'EnableFailureReconciliation:NoYes'),
    ...readFields('DisablePerfEnhancements:NoYes', 'IsDebugMode:NoYes', 'IsDelete:NoYes'),
  ],
  storedAs: 'fno$DualWriteProjectConfigurationEntity',
  writer: readOnly('DualWriteProjectConfigurations'),
});

/** The legal entities of each of them, and the companies of Dataverse that stand for them. */
export const dualWritePartitions = defineEntity({
  name: 'DualWriteProjectPartitionMappingEntity',
  set: 'DualWriteProjectPartitionMappings',
  label: 'Dual write project partition mappings',
  id: 0x3002,
  key: ['ProjectName', 'ExternalCompanyName', 'InternalCompanyName'],
  fields: readFields('ProjectName', 'ExternalCompanyName', 'InternalCompanyName'),
  storedAs: 'fno$DualWriteProjectPartitionMappingEntity',
  writer: readOnly('DualWriteProjectPartitionMappings'),
});

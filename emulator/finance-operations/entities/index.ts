import {
  addressHistory,
  customerAddresses,
  locations,
  parties,
  partyAddresses,
  partyLocations,
} from './address-book-entities.ts';
import { addressRoles } from './address-roles.ts';
import {
  businessEventsCatalogs,
  businessEventsConfigurations,
  businessEventsEndpoints,
} from './business-event-entities.ts';
import {
  accountStatuses,
  changeProposalFields,
  creditGroupLines,
  creditGroups,
  creditParameters,
  customerParameters,
  guarantees,
  temporaryCreditLimits,
} from './credit-entities.ts';
import { cdsSalesOrders } from './cds-sales-orders.ts';
import { cdsContactPersons, contactPersons } from './contact-person-entities.ts';
import { custDisputes } from './dispute-entity.ts';
import { custSettlementBi, custTransactions, custTransBi, custTransOpens } from './customer-transactions.ts';
import { customersV3 } from './customers-v3.ts';
import { dataManagementEntities } from './data-management-entities.ts';
import { dualWriteAsyncErrors, dualWriteAsyncLogs } from './dual-write-async-entities.ts';
import { dualWritePartitions, dualWriteProjects } from './dual-write-entities.ts';
import { partyContacts } from './electronic-addresses.ts';
import type { EntityDefinition } from './entity.ts';
import {
  addressCities,
  addressCounties,
  addressDistricts,
  addressParameters,
  addressPostalCodes,
  addressStates,
  countryRegions,
} from './address-setup-entities.ts';
import { ledgers } from './ledgers.ts';
import { customerPaymentMethods, paymentDays, paymentSchedules, paymentTerms, taxGroups } from './payment-entities.ts';
import {
  custAging,
  custBalanceStats,
  paymentJournalHeaders,
  paymentJournalLines,
  salesInvoiceHeaders,
  salesInvoiceJournalHeaders,
} from './receivables-entities.ts';
import { salesOrders } from './sales-orders.ts';
import {
  currencies,
  customerGroups,
  exchangeRates,
  exchangeRateTypes,
  legalEntities,
  officeAddinLegalEntities,
} from './reference-entities.ts';
import { vendorGroups, vendors } from './vendor-entities.ts';
import { virtualEntityLists } from './virtual-entity-list.ts';
import { workflowWorkItems } from './workflow-work-items.ts';

/** Every data entity at `/data`. */
export const entities: readonly EntityDefinition[] = [
  currencies,
  exchangeRateTypes,
  exchangeRates,
  legalEntities,
  officeAddinLegalEntities,
  ledgers,
  paymentDays,
  paymentSchedules,
  paymentTerms,
  customerPaymentMethods,
  taxGroups,
  customerGroups,
  vendorGroups,
  countryRegions,
  addressStates,
  addressCounties,
  addressCities,
  addressDistricts,
  addressPostalCodes,
  addressParameters,
  parties,
  locations,
  addressHistory,
  partyLocations,
  partyAddresses,
  partyContacts,
  addressRoles,
  customerAddresses,
  customersV3,
  vendors,
  cdsContactPersons,
  contactPersons,
  custTransactions,
  custTransBi,
  custTransOpens,
  custSettlementBi,
  custAging,
  custBalanceStats,
  custDisputes,
  salesOrders,
  cdsSalesOrders,
  salesInvoiceHeaders,
  salesInvoiceJournalHeaders,
  paymentJournalHeaders,
  paymentJournalLines,
  temporaryCreditLimits,
  guarantees,
  accountStatuses,
  creditGroups,
  creditGroupLines,
  creditParameters,
  customerParameters,
  changeProposalFields,
  workflowWorkItems,
  dataManagementEntities,
  virtualEntityLists,
  businessEventsCatalogs,
  businessEventsEndpoints,
  businessEventsConfigurations,
  dualWriteProjects,
  dualWritePartitions,
  dualWriteAsyncLogs,
  dualWriteAsyncErrors,
];

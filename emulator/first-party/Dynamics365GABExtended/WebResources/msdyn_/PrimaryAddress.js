/* Asks before an address takes the place of the primary one of a party. */
var PartyAddress = window.PartyAddress || {};

(function () {
  'use strict';

  var question = 'This will unmark the current primary address. Do you want to continue??';

  /** Whether the party of this account or contact has its primary address at another location. */
  async function hasAnother(parent, location) {
    var owner = await Xrm.WebApi.retrieveRecord(parent.entityType, parent.id.replace(/[{}]/g, ''), '?$select=_msdyn_partyid_value');
    var party = owner._msdyn_partyid_value;
    if (!party) return false;
    var links = await Xrm.WebApi.retrieveMultipleRecords(
      'msdyn_partypostaladdress',
      '?$select=msdyn_partypostaladdressid&$expand=msdyn_postaladdresscollectionid($select=msdyn_location)' +
        '&$filter=_msdyn_partyid_value eq ' + party + ' and msdyn_isprimary eq true',
    );
    return links.entities.some(function (link) {
      var at = link.msdyn_postaladdresscollectionid;
      return !at || at.msdyn_location !== location;
    });
  }

  /** On change of `msdyn_isprimary`: who does not want to go on keeps the address that was primary. */
  PartyAddress.onPrimaryChange = async function (context) {
    var form = context.getFormContext();
    var primary = form.getAttribute('msdyn_isprimary');
    var parents = form.getAttribute('parentid').getValue();
    if (primary.getValue() !== true || !parents || parents.length === 0) return;
    if (!(await hasAnother(parents[0], form.getAttribute('msdyn_locationid').getValue()))) return;
    // Nothing is saved by itself before there is an answer.
    primary.setValue(false);
    var answer = await Xrm.Navigation.openConfirmDialog({ text: question });
    if (answer.confirmed) primary.setValue(true);
  };
})();

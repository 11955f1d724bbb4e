/**
 * Endings of files a new organisation does not take.
 *
 * @see https://learn.microsoft.com/power-platform/admin/system-settings-dialog-box-general-tab
 */
export const blockedAttachments: readonly string[] =
  'ade adp app asa ashx asmx asp bas bat cdx cer chm class cmd com config cnt cpl crt csh der dll exe fxp hlp hta htr htw ida idc idq inf ins isp its jar js jse ksh lnk mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz msc msh msh1 msh1xml msh2 msh2xml mshxml msi msp mst ops pcd pif prf prg printer pst reg rem scf scr sct shb shs shtm shtml soap stm tmp url vb vbe vbs vsmacros vss vst vsw ws wsc wsf wsh svg'.split(
    ' ',
  );

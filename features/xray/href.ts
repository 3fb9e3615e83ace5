/** The X-ray of the page its link stands on: the browser says which. */
export const XRAY_HERE = '/xray/here';

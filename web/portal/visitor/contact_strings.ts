/** What the contact card says, as a part of the portal's table. */
export const contactStrings = {
  contact: "Contact",
  contact_name: "Name",
  contact_email: "Email",
  contact_phone: "Phone",
  contact_company: "Company",
  contact_add: "Add",
  contact_add_field: "Add a field",
  contact_field_name: "Name of the field",
  contact_saved: "Saved",
  contact_changed: "Somebody else has changed this meanwhile",
  contact_signed: "Signed by your website",
  contact_claimed: "Said by the visitor",
};

/** Where the company is whose invoices the tests write. */
export const kaiserAddress = {
  line1: "Unter den Linden 1",
  line2: "",
  postal_code: "10117",
  city: "Berlin",
  state: "",
  country: "DE",
};

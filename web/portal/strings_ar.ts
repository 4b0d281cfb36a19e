export const strings = {
  loading: "جارٍ التحميل",
};

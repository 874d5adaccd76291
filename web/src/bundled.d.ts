declare module "words:all" {
  const words: Record<string, Record<string, string>>;
  export default words;
}
declare module "css:graph" {
  const text: string;
  export default text;
}

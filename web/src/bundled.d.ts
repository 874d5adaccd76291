declare module "words:all" {
  const words: Record<string, Record<string, string>>;
  export default words;
}

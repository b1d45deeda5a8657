/** How Chinese names are read. */
export interface ChineseNames {
  /**
   * The syllables of a run of Han characters, in letters a–z without tones, ü as v; what has no known reading is left out. At the
   * head of a name a surname is read as one: 单 shan, 尉迟 yu chi.
   */
  syllables(han: string, atHead: boolean): readonly string[];
}

import { describe, expect, it } from "vitest";
import { pinyinNames } from "../../../functions/adapters/pinyin/chinese-names.ts";
import { romanise } from "../../../shared/allocation/romanise.ts";

const written = (name: string): string => romanise(name, pinyinNames);

describe("a Chinese name in letters", () => {
  it.each([
    ["张伟", "zhangwei"],
    ["欧阳修", "ouyangxiu"],
    ["歐陽修", "ouyangxiu"],
    ["司马光", "simaguang"],
    ["上官婉儿", "shangguanwaner"],
    ["诸葛亮", "zhugeliang"],
    ["尉迟恭", "yuchigong"],
    ["尉遲恭", "yuchigong"],
    ["尉缭", "weiliao"],
    ["长孙无忌", "zhangsunwuji"],
    ["長孫無忌", "zhangsunwuji"],
    ["万俟卨", "moqixie"],
    ["萬俟卨", "moqixie"],
    ["澹台灭明", "tantaimieming"],
  ])("has the compound surname right: %s %s", (name, letters) => {
    expect(written(name)).toBe(letters);
  });

  it.each([
    ["单雄信", "shanxiongxin"],
    ["單雄信", "shanxiongxin"],
    ["曾国藩", "zengguofan"],
    ["仇英", "qiuying"],
    ["解缙", "xiejin"],
    ["区志强", "ouzhiqiang"],
    ["區志強", "ouzhiqiang"],
    ["查良镛", "zhaliangyong"],
    ["盖叫天", "gejiaotian"],
    ["翟志刚", "zhaizhigang"],
    ["朴树", "piaoshu"],
    ["乐毅", "yueyi"],
    ["樂毅", "yueyi"],
    ["任小明", "renxiaoming"],
    ["华罗庚", "hualuogeng"],
    ["种师道", "chongshidao"],
    ["缪荃孙", "miaoquansun"],
    ["繆荃孫", "miaoquansun"],
  ])("reads a surname as one: %s %s", (name, letters) => {
    expect(written(name)).toBe(letters);
  });

  it.each([
    ["李单", "lidan"],
    ["吕布", "lvbu"],
    ["呂綠", "lvlv"],
    ["张重", "zhangzhong"],
    ["王不一", "wangbuyi"],
  ])("reads the other characters as usual, without tones, ü as v: %s %s", (name, letters) => {
    expect(written(name)).toBe(letters);
  });

  it.each([
    ["张 伟", "zhangwei"],
    ["李　明", "liming"],
    ["单 雄信", "shanxiongxin"],
    ["阿依古丽·买买提", "ayiguli.maimaiti"],
    ["张伟（外包）", "zhangwei"],
    ["张伟[销售部]", "zhangwei"],
    ["（张伟）", "zhangwei"],
    ["李Jack", "lijack"],
    ["李 Jack", "li.jack"],
    ["王小明2", "wangxiaoming2"],
  ])("joins %s to %s", (name, letters) => {
    expect(written(name)).toBe(letters);
  });
});

describe("any other name in letters", () => {
  it.each([
    ["John Smith", "john.smith"],
    ["José María Ñuñez", "jose.maria.nunez"],
    ["Jürgen Groß", "jurgen.gross"],
    ["Đỗ Thị Hương", "do.thi.huong"],
    ["Łukasz Żółć", "lukasz.zolc"],
    ["O’Brien, Conan", "obrien.conan"],
    ["Jean-Pierre d'Arc", "jean-pierre.darc"],
    ["J. R. R. Tolkien", "j.r.r.tolkien"],
    ["ＪＡＣＫ　Ｍａ", "jack.ma"],
  ])("keeps the Latin one: %s %s", (name, letters) => {
    expect(written(name)).toBe(letters);
  });

  it.each([
    ["さくら", "sakura"],
    ["サトウ　ケンイチ", "satou.kenichi"],
    ["きょうこ", "kyouko"],
    ["はっとり しんぞう", "hattori.shinzou"],
    ["マッチ", "matchi"],
    ["ﾌｧﾃｨﾏ", "fatima"],
    ["ヴァージニア", "vajinia"],
    ["じゅんいちろう", "junichirou"],
  ])("writes kana by Hepburn: %s %s", (name, letters) => {
    expect(written(name)).toBe(letters);
  });

  it.each([
    ["김민수", "gimminsu"],
    ["박 지성", "bak.jiseong"],
    ["이영희", "iyeonghui"],
    ["최광희", "choegwanghui"],
    ["꽃", "kkot"],
    ["읽", "ik"],
  ])("writes Korean by the Revised Romanization: %s %s", (name, letters) => {
    expect(written(name)).toBe(letters);
  });

  it.each([
    ["Юрий Гагарин", "iurii.gagarin"],
    ["Анна Щербакова", "anna.shcherbakova"],
    ["Νίκος Καζαντζάκης", "nikos.kazantzakis"],
  ])("writes Cyrillic and Greek as passports do: %s %s", (name, letters) => {
    expect(written(name)).toBe(letters);
  });

  it.each(["محمد", "สมชาย", "🙂", "", "…", "( )"])(
    "of another script is left to the account name: %j",
    (name) => {
      expect(written(name)).toBe("");
    },
  );
});

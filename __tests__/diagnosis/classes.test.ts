import { describe, expect, test } from '@jest/globals'

import { rules } from '../../src/diagnosis/rules/index.ts'

/** The classes of failures of the go command and its tools that were seen with Go 1.13 to 1.27, by area. */
const classes = `
S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19
P01 P02 P03 P04 P05 P06 P07 P08 P09 P10 P11 P12 P13 P14 P15 P16 P17 P18 P19 P20 P21
G01 G02 G03 G04 G05 G06 G07 G08 G09 G10 G11
V01 V02 V03 V04 V05 V06 V07 V08 V09 V10 V11 V12 V13 V14 V15
M01 M02 M02b M03 M04 M05 M06 M07 M08 M09 M10 M11 M12 M13 M14 M15 M16 M17 M18 M19 M20 M21 M22 M23 M24 M25 M26 M27 M28 M29 M30 M31 M32
W01 W02 W03 W04 W05 W06 W07 W08 W09 W10
C01 C02 C03 C04 C05 C06 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21 C22
X01 X02 X03 X04 X05 X06 X07 X08 X09 X10 X11 X12 X13 X14 X15
B01 B02 B03 B04 B05 B06 B07 B08 B09 B10
D01 D02 D03 D04 D05 D06 D07 D08 D09
`
  .trim()
  .split(/\s+/)

/** They only say that something failed, and stand beside its cause; `isConsequence` knows them. */
const consequences: Readonly<Record<string, string>> = {
  B03: 'too many errors',
  B07: 'FAIL path [build failed]',
}

const covered = new Set(rules.flatMap((rule) => rule.classes))

describe('the classes of failures', () => {
  test('each has a rule, but those that are no cause', () => {
    expect(classes).toHaveLength(165)
    expect(classes.filter((id) => !covered.has(id) && !(id in consequences))).toEqual([])
  })

  test('what is left out is not covered all the same', () => {
    expect(Object.keys(consequences).filter((id) => covered.has(id))).toEqual([])
  })

  test('rules name no class that does not exist', () => {
    expect([...covered].filter((id) => !classes.includes(id))).toEqual([])
  })
})

export { jsonText, kindOf, shownAs, wordOf } from '../base/text.ts'

import type { CodeOf, Description, Params, ParamsArgument } from '../../text/messages.ts'
import { describeCode } from '../../text/messages.ts'
import { conditionRemarks } from './remarks/conditions.ts'
import { fileRemarks } from './remarks/files.ts'
import { ruleRemarks } from './remarks/rules.ts'
import { softwareRemarks } from './remarks/software.ts'
import { stepRemarks } from './remarks/steps.ts'

const remarks = { ...fileRemarks, ...stepRemarks, ...conditionRemarks, ...softwareRemarks, ...ruleRemarks }
type Remarks = typeof remarks

/** Codes of the report; they never change their meaning. */
export type RemarkCode = CodeOf<Remarks>

/** Why an item of the share is taken over as it is, needs a look or is left out. Never holds a password or key. */
export type Remark = { readonly code: RemarkCode; readonly params: Params }

/** A remark; a parameter that is wrong, missing or misnamed does not compile. */
export function remark<Code extends RemarkCode>(code: Code, ...[params]: ParamsArgument<Remarks, Code>): Remark {
  return { code, params: params ?? {} }
}

/** Its sentence, and what to do about it. */
export function describeRemark({ code, params }: Remark): Description {
  return describeCode(remarks, code, params)
}

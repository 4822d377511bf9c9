import { facts } from '../../../tasksequences/facts.ts'
import { controlFor } from '../../../tasksequences/steps/control.ts'
import type { StepDefinition } from '../../../tasksequences/steps/definition.ts'
import type { Field } from '../../../tasksequences/steps/fields.ts'
import type { ControlView, StepTypeList, StepTypeView } from './schema.ts'

export function presentStepTypes(definitions: readonly StepDefinition[]): StepTypeList {
  return {
    items: definitions.map(presentStepType),
    facts: Object.entries(facts).map(([name, label]) => ({ name, label })),
    next: null,
  }
}

function presentStepType({ type, phases, title, writesDisk, once, input, fields }: StepDefinition): StepTypeView {
  const required: readonly string[] = input.required ?? []
  return {
    ...{ type, phases: [...phases], title, writesDisk, once },
    settings: Object.entries(fields).map(([key, field]) => ({
      key,
      label: field.label,
      help: field.help ?? null,
      expects: field.expects,
      unit: field.unit ?? null,
      required: required.includes(key),
      standard: field.standard ?? null,
      control: presentControl(input.properties[key] ?? {}, field),
    })),
  }
}

/** The control, its values with their names. */
function presentControl(schema: Parameters<typeof controlFor>[0], field: Field): ControlView {
  const control = controlFor(schema, field)
  const named = (values: readonly (string | number)[]) =>
    values.map((value) => ({ value, label: field.choices?.[value] ?? { fr: String(value), en: String(value) } }))
  switch (control.kind) {
    case 'choice':
      return { kind: 'choice', choices: named(control.values), open: control.open }
    case 'choices':
      return { kind: 'choices', choices: named(control.values) }
    case 'catalogue':
      return { kind: 'catalogue', of: control.of, many: control.many, choices: named(control.words) }
    case 'map':
      return { kind: 'map', keys: [...control.keys] }
    default:
      return control
  }
}

import { describeCode } from '../../../text/messages.ts'
import { catalogueErrors } from '../../catalogue/images/errors.ts'
import type { ImportStatus } from '../../catalogue/images/imports/import-status.ts'
import type { Image } from '../../catalogue/images/manifest.ts'
import type { Problem as CatalogueProblem } from '../../catalogue/images/problem.ts'
import type { Edition } from '../../../images/wim/editions.ts'
import type { Problem } from '../deployments/schema.ts'
import type { EditionView, ImageView, ImportView } from './schema.ts'

/** @param inUse runs going on with it. */
export function presentImage(image: Image, inUse: number): ImageView {
  const { id, name, edition, architecture, build, languages, sizeBytes, contentBytes, sha256, preparedAt } = image
  return {
    id,
    name,
    edition,
    architecture,
    build,
    languages,
    sizeBytes,
    contentBytes,
    sha256,
    sourceName: image.source.fileName,
    preparedAt,
    inUse,
  }
}

/** A source on its way into the catalogue. */
export function presentImport(status: ImportStatus): ImportView {
  const { id, fileName, sizeBytes, receivedBytes, state, progress, problem } = status
  return {
    id,
    fileName,
    sizeBytes,
    receivedBytes,
    state,
    editions: status.editions.map(presentEdition),
    selected: [...status.selected],
    progress,
    problem: problem && presentProblem(problem),
    imageIds: [...status.imageIds],
  }
}

function presentEdition(edition: Edition): EditionView {
  const { index, displayName, architecture, build, languages, sizeBytes } = edition
  return {
    index,
    name: displayName,
    edition: edition.edition,
    architecture,
    build,
    languages: [...languages],
    sizeBytes,
  }
}

function presentProblem({ code, params, detail }: CatalogueProblem): Problem {
  return { code, ...describeCode(catalogueErrors, code, params), detail: detail ?? null, choice: null }
}

import { mount } from 'svelte'
import App from './App.svelte'
import { loadPreferences } from './preferences.svelte.ts'
import { startRouter } from './router.svelte.ts'

loadPreferences()
startRouter(new AbortController().signal)
const target = document.getElementById('app')
if (target !== null) mount(App, { target })

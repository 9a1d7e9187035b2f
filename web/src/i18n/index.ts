import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json';
import zh from './zh.json';
import { proposeLanguage, type Language } from './languages.ts';

const KEY = 'muster.language';

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Storage can be switched off; then the browser's languages decide.
    return null;
  }
}

export function setLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // The choice holds until the page is closed.
  }
  void i18next.changeLanguage(language);
}

/** Must have run before anything asks for a sentence. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  });
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, zh: { translation: zh } },
    lng: proposeLanguage(remembered(), navigator.languages),
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
  });
}

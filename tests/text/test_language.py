from __future__ import annotations

import pytest

from policy_ie.text.language import detect_language

SENTENCES = {
    "de": "Die Stadt hat beschlossen, dass die Schule im Herbst gebaut wird und das Land die Kosten trägt.",
    "en": "The city has decided that the school will be built in the autumn and that the state will pay for it.",
    "fr": "La ville a décidé que les travaux de construction de l'école commencent en automne avec l'aide du pays.",
    "tr": "Belediye başkanı bugün yeni okulun açılışını yaptı ve bütün öğrencilere başarılar diledi, bu çok önemli bir gün.",
    "nl": "De stad heeft besloten dat de school in het najaar wordt gebouwd en dat het land de kosten voor haar betaalt.",
    "pl": "Miasto zdecydowało, że szkoła zostanie zbudowana jesienią i że kraj pokryje koszty, to jest dla nas ważne.",
    "es": "La ciudad ha decidido que la escuela se construya en otoño y que el país pague los gastos de las obras.",
    "it": "La città ha deciso che la scuola sarà costruita in autunno e che il paese pagherà le spese per i lavori.",
    "ru": "Город решил построить новую школу осенью.",
    "ar": "قررت المدينة بناء المدرسة الجديدة في الخريف",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_languages(language: str) -> None:
    assert detect_language(SENTENCES[language]) == language
    assert detect_language(SENTENCES[language] * 50) == language


@pytest.mark.parametrize(
    "text",
    [
        "Ministerin eröffnet Ausstellung zur Landesgeschichte",
        "Landesregierung erhöht Förderung für Straßen",
        "Bürgermeister unterzeichnet Vereinbarung",
        "Die Universität München und das Karlsruher Institut haben ein Memorandum of Understanding for the Future signiert.",
    ],
)
def test_short_german(text: str) -> None:
    assert detect_language(text) == "de"


@pytest.mark.parametrize("text", ["", "123 456", "Essen, Köln, Bonn", "((((", "xxxx"])
def test_too_little_to_tell(text: str) -> None:
    assert detect_language(text) == "und"

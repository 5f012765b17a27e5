"""Sentences in twenty scripts, and words of four languages that mean the same."""

from __future__ import annotations

SENTENCES = (
    "Two dogs are playing in the snow.",  # Latin
    "Zwei Hunde spielen im Schnee, größer als je zuvor.",
    "Две собаки играют в снегу.",  # Cyrillic
    "Δύο σκύλοι παίζουν στο χιόνι.",  # Greek
    "كلبان يلعبان في الثلج.",  # Arabic
    "שני כלבים משחקים בשלג.",  # Hebrew
    "दो कुत्ते बर्फ में खेल रहे हैं।",  # Devanagari
    "দুটি কুকুর বরফে খেলছে।",  # Bengali
    "ਦੋ ਕੁੱਤੇ ਬਰਫ਼ ਵਿੱਚ ਖੇਡ ਰਹੇ ਹਨ।",  # Gurmukhi
    "બે કૂતરા બરફમાં રમે છે.",  # Gujarati
    "இரண்டு நாய்கள் பனியில் விளையாடுகின்றன.",  # Tamil
    "రెండు కుక్కలు మంచులో ఆడుతున్నాయి.",  # Telugu
    "ಎರಡು ನಾಯಿಗಳು ಹಿಮದಲ್ಲಿ ಆಡುತ್ತಿವೆ.",  # Kannada
    "രണ്ട് നായ്ക്കൾ മഞ്ഞിൽ കളിക്കുന്നു.",  # Malayalam
    "สุนัขสองตัวกำลังเล่นหิมะ",  # Thai
    "ခွေးနှစ်ကောင် နှင်းထဲမှာ ကစားနေတယ်။",  # Burmese
    "ორი ძაღლი თოვლში თამაშობს.",  # Georgian
    "Երկու շուն խաղում են ձյան մեջ:",  # Armenian
    "두 마리의 개가 눈 속에서 놀고 있다.",  # Hangul
    "雪の中で二匹の犬が遊んでいる。",  # Kana and Han
    "两只狗在雪地里玩耍。",  # Han
)
"""Twenty scripts; one of them twice."""

SAME_MEANING = (("dog", "Hund", "собака", "狗"), ("shoe", "Schuh", "ботинок", "鞋"))
"""The small text encoder has one vector for all words of a group."""

"""Words for the columns of an address book in several languages."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum, auto


class Field(StrEnum):
    """What a column holds."""

    NAME = auto()
    GIVEN = auto()
    MIDDLE = auto()
    FAMILY = auto()
    PREFIX = auto()
    SUFFIX = auto()
    NICKNAME = auto()
    PRONOUNS = auto()
    ORG = auto()
    DEPARTMENT = auto()
    ROLE = auto()
    EMAIL = auto()
    PHONE = auto()
    URL = auto()
    LABEL = auto()
    STREET = auto()
    CITY = auto()
    REGION = auto()
    CODE = auto()
    COUNTRY = auto()
    BOX = auto()
    EXTENDED = auto()
    BIRTHDAY = auto()
    BIRTH_YEAR = auto()
    BIRTH_MONTH = auto()
    BIRTH_DAY = auto()
    NOTE = auto()
    CIRCLES = auto()
    INTERESTS = auto()
    PLACE = auto()
    HOW_MET = auto()
    REFERRED_BY = auto()
    CONNECTED = auto()
    EMAIL_TYPE = auto()
    EMAIL_NAME = auto()


_WORDS = {
    Field.NAME: (
        "name; full name; display name; contact; contact name; person; vollständiger name; anzeigename; "
        "kontakt; nom complet; nom et prénom; nombre completo; nome completo; nome e cognome; volledige naam; "
        "naam; fullständigt namn; namn; navn; imię i nazwisko; jméno a příjmení; имя и фамилия; фио; 氏名; 姓名"
    ),
    Field.GIVEN: (
        "first name; firstname; given name; forename; vorname; prénom; nombre; nombre de pila; nome; primeiro "
        "nome; voornaam; förnamn; fornavn; imię; jméno; křestní jméno; etunimi; keresztnév; имя; ad; 名; 名前"
    ),
    Field.MIDDLE: (
        "middle name; additional name; zweiter vorname; weitere vornamen; deuxième prénom; segundo nombre; "
        "secondo nome; nome do meio; tweede voornaam; mellannamn; mellomnavn; drugie imię"
    ),
    Field.FAMILY: (
        "last name; lastname; family name; surname; nachname; familienname; zuname; nom; nom de famille; "
        "apellido; apellidos; cognome; sobrenome; apelido; achternaam; efternamn; etternavn; efternavn; "
        "nazwisko; příjmení; priezvisko; sukunimi; vezetéknév; фамилия; soyad; soyadı; 姓"
    ),
    Field.PREFIX: "name prefix; prefix; anrede; titel vor dem namen; civilité; tratamiento",
    Field.SUFFIX: "name suffix; suffix; namenszusatz; suffixe; sufijo",
    Field.NICKNAME: (
        "nickname; nick; spitzname; rufname; surnom; apodo; soprannome; apelido familiar; bijnaam; smeknamn; "
        "přezdívka; pseudonim"
    ),
    Field.PRONOUNS: "pronouns; pronomen; pronoms; pronombres; pronomi; pronomes; voornaamwoorden",
    Field.ORG: (
        "company; organization; organisation; organization name; employer; firma; unternehmen; arbeitgeber; "
        "entreprise; société; empresa; organización; azienda; società; organizzazione; organização; bedrijf; "
        "organisatie; företag; arbetsgivare; virksomhed; bedrift; společnost; yritys; cég; компания; "
        "организация; 会社; 公司"
    ),
    Field.DEPARTMENT: (
        "department; organization department; abteilung; service; departamento; dipartimento; reparto; "
        "afdeling; avdelning; avdeling; oddělení; dział"
    ),
    Field.ROLE: (
        "job title; position; role; job; occupation; organization title; beruf; stelle; funktion; fonction; "
        "poste; profession; titre; cargo; puesto; profesión; ruolo; posizione; professione; qualifica; "
        "função; profissão; functie; functietitel; yrke; befattning; stilling; tittel; stanowisko; pozice; "
        "pracovní pozice; должность; 役職; 职位"
    ),
    Field.EMAIL: (
        "e mail; email; mail; e mail address; email address; primary email; secondary email; e mail adresse; "
        "emailadresse; mailadresse; courriel; adresse e mail; adresse mail; adresse électronique; correo; "
        "correo electrónico; dirección de correo electrónico; posta elettronica; indirizzo e mail; e "
        "postadress; e post; epost; e mailadres; adres e mail; sähköposti; почта; электронная почта; メール; "
        "メールアドレス; 电子邮件; 邮箱"
    ),
    Field.PHONE: (
        "phone; telephone; phone number; tel; mobile; cell; telefon; telefonnummer; rufnummer; mobil; handy; "
        "mobiltelefon; téléphone; portable; mobile phone; teléfono; móvil; celular; telefono; cellulare; "
        "telefone; telemóvel; telefoon; telefoonnummer; mobiel; puhelin; numer telefonu; komórka; телефон; "
        "電話番号; 电话; 手机"
    ),
    Field.URL: (
        "url; website; web site; web page; webpage; homepage; home page; link; webseite; internetseite; site "
        "web; site internet; página web; sitio web; sito web; sito; site; hemsida; hjemmeside; webová "
        "stránka; strona internetowa; linkedin; linkedin url; profile url; profile; сайт"
    ),
    Field.BIRTHDAY: (
        "birthday; date of birth; birth date; birthdate; dob; geburtstag; geburtsdatum; anniversaire; date de "
        "naissance; cumpleaños; fecha de nacimiento; compleanno; data di nascita; aniversário; data de "
        "nascimento; verjaardag; geboortedatum; födelsedag; fødselsdag; fødselsdato; datum narození; "
        "narozeniny; data urodzenia; urodziny; syntymäpäivä; день рождения; дата рождения; 誕生日; 生日"
    ),
    Field.BIRTH_YEAR: "birth year; geburtsjahr; année de naissance; año de nacimiento; anno di nascita",
    Field.BIRTH_MONTH: "birth month; geburtsmonat; mois de naissance; mes de nacimiento; mese di nascita",
    Field.BIRTH_DAY: "birth day; jour de naissance; día de nacimiento; giorno di nascita",
    Field.NOTE: (
        "notes; note; comment; comments; remarks; description; notiz; notizen; bemerkung; bemerkungen; "
        "kommentar; anmerkungen; remarque; remarques; commentaire; commentaires; nota; notas; comentario; "
        "comentarios; commenti; appunti; observações; opmerking; opmerkingen; notities; anteckning; "
        "anteckningar; notat; notater; noter; poznámka; poznámky; notatki; uwagi; muistiinpanot; заметки; "
        "примечание; примечания; メモ; 备注"
    ),
    Field.CIRCLES: (
        "groups; group; group membership; labels; tags; tag; categories; category; circle; circles; list; "
        "gruppe; gruppen; kategorie; kategorien; etiketten; groupe; groupes; catégorie; catégories; "
        "étiquettes; grupo; grupos; categoría; categorías; etiquetas; gruppo; gruppi; categoria; categorie; "
        "etichette; categorias; groep; groepen; categorieën; grupp; grupper; kategorier; skupina; skupiny; "
        "kategoria; группа; группы"
    ),
    Field.INTERESTS: (
        "interests; interest; hobby; hobbies; interessen; centres d'intérêt; intereses; interessi; "
        "interesses; intressen; interesser; zájmy; zainteresowania"
    ),
    Field.PLACE: (
        "location; place; lives in; based in; wohnort; ort; lieu; lugar; ubicación; luogo; localização; plaats"
    ),
    Field.HOW_MET: "how we met; how met; met at; where we met; kennengelernt; rencontre; cómo nos conocimos",
    Field.REFERRED_BY: "referred by; introduced by; empfohlen von; présenté par; presentado por",
    Field.CITY: "city; town; stadt; ville; ciudad; città; cidade; stad; město; miasto; kaupunki; город",
    Field.STREET: (
        "street; address; street address; straße; strasse; anschrift; adresse; rue; dirección; calle; "
        "indirizzo; via; endereço; straat; adres; adress; gata; ulica; ulice; адрес; 住所; 地址"
    ),
    Field.CODE: (
        "postal code; zip; zip code; zipcode; postcode; plz; postleitzahl; code postal; código postal; cap; "
        "cep; postnummer; psč; kod pocztowy"
    ),
    Field.COUNTRY: "country; country region; land; pays; país; paese; země; kraj; страна",
    Field.REGION: "state; region; province; county; bundesland; région; provincia; provincie",
}


def plain(heading: str) -> str:
    """A heading as it is compared: small letters without accents, words apart by one blank."""
    flat = unicodedata.normalize("NFKD", heading.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(char for char in flat if not unicodedata.combining(char))))


_MEANINGS = {plain(word): field for field, words in _WORDS.items() for word in words.split(";")}
_NUMBER = re.compile(r"\s*\b\d+\b\s*")


def field_of(heading: str) -> Field | None:
    """What a heading says a column holds, in any of the languages; a number in it ("E-Mail 2") does not matter."""
    words = plain(heading)
    return _MEANINGS.get(words) or _MEANINGS.get(_NUMBER.sub(" ", words).strip())

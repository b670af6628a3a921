"""An insertion sort from the first days of this program."""


def sorted_by_urgency(entries):
    result = []
    for entry in entries:
        place = 0
        while place < len(result) and result[place] < entry:
            place += 1
        result.insert(place, entry)
    return result
